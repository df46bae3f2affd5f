// For pages that the team works on all day: single keys, and the desk with a thing beside its list.
import "./keys.js";
import "./desk.js";
