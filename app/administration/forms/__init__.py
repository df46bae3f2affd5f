"""What administrators send."""

from app.administration.forms.imprint import UNION_LANGUAGES, ImprintForm
from app.administration.forms.language import LanguageForm
from app.administration.forms.look import LookForm
from app.administration.forms.texts import TextForm

__all__ = ["UNION_LANGUAGES", "ImprintForm", "LanguageForm", "LookForm", "TextForm"]
