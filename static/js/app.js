// What every page gets, guests included. Each module betters markup that works without it.
import "@github/relative-time-element";
import "./menu.js";
import "./messages.js";
import "./submit_once.js";
import "./tabs.js";
import "./theme_switch.js";
