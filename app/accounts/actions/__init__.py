"""What people do with accounts. Actions never commit; views, commands and jobs open transaction()."""

from app.accounts.actions.documents import accept_document, publish_document
from app.accounts.actions.inviting import (
    accept_invitation,
    invite_to_team,
    join_team,
    renew_invitation_link,
    send_invitation_again,
    withdraw_team_invitation,
)
from app.accounts.actions.joining import confirm_address, create_account, register, request_link
from app.accounts.actions.profile import choose_language, save_settings
from app.accounts.actions.programs import make_api_token, revoke_api_token
from app.accounts.actions.signing_in import (
    change_password,
    end_session,
    reset_password,
    sign_in,
    sign_out,
    sign_out_everywhere,
)
from app.accounts.actions.standing import (
    give_consent,
    grant,
    lay_rank,
    revoke,
    revoke_all,
    set_rank,
    set_role,
)
from app.accounts.actions.tokens import make_token

__all__ = [
    "accept_document",
    "accept_invitation",
    "change_password",
    "choose_language",
    "confirm_address",
    "create_account",
    "end_session",
    "give_consent",
    "grant",
    "invite_to_team",
    "join_team",
    "lay_rank",
    "make_api_token",
    "make_token",
    "publish_document",
    "register",
    "renew_invitation_link",
    "request_link",
    "reset_password",
    "revoke",
    "revoke_all",
    "revoke_api_token",
    "save_settings",
    "send_invitation_again",
    "set_rank",
    "set_role",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
    "withdraw_team_invitation",
]
