"""What administrators send."""

from app.administration.forms.boards import READERS, BoardForm, NewBoardForm
from app.administration.forms.imprint import UNION_LANGUAGES, ImprintForm
from app.administration.forms.language import LanguageForm
from app.administration.forms.look import LookForm
from app.administration.forms.netiquette import FrameForm, PublishForm, RuleForm
from app.administration.forms.team import GIVEN, InvitationForm
from app.administration.forms.texts import TextForm

__all__ = [
    "GIVEN",
    "READERS",
    "UNION_LANGUAGES",
    "BoardForm",
    "FrameForm",
    "ImprintForm",
    "InvitationForm",
    "LanguageForm",
    "LookForm",
    "NewBoardForm",
    "PublishForm",
    "RuleForm",
    "TextForm",
]
