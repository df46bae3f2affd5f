"""What administrators send."""

from app.administration.forms.boards import READERS, BoardForm, NewBoardForm
from app.administration.forms.imprint import UNION_LANGUAGES, ImprintForm
from app.administration.forms.language import LanguageForm
from app.administration.forms.look import LookForm
from app.administration.forms.texts import TextForm

__all__ = [
    "READERS",
    "UNION_LANGUAGES",
    "BoardForm",
    "ImprintForm",
    "LanguageForm",
    "LookForm",
    "NewBoardForm",
    "TextForm",
]
