/** What one script tag brings: the element, and, unless the page has placed one itself, a button in the corner. */

import "./words/en.json";
import "./styles/index";
import { cameFrom, StridewellChat } from "./element";
import { embed } from "./embed";

const TAG = "stridewell-chat";

// A deferred script knows its own tag only while it is first run.
const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
if (script?.src) cameFrom(script.src);
if (!customElements.get(TAG)) customElements.define(TAG, StridewellChat);
embed(script, TAG);
