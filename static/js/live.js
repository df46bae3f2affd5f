// For people who are signed in: toggles and previews swap a piece of the page instead of loading it.
import "htmx.org";
import "./live_early.js";
import "./live_errors.js";
import "./sign_out.js";
