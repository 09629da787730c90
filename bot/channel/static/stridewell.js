// Puts a button on a page that opens the Stridewell chat.
//   <script src="https://your-server/widget/stridewell.js" data-label="Ask about your back" defer></script>
// On a page of the same origin the chat opens in a panel; elsewhere, where browsers keep its storage apart and the
// server forbids framing, in a tab of its own.
(() => {
  "use strict";
  const script = document.currentScript;
  const chat = new URL("/chat", script.src);
  const words = {
    open: script.dataset.label || "Ask Stridewell",
    close: script.dataset.close || "Close the chat",
    title: script.dataset.title || "Stridewell chat",
  };

  const style = (element, rules) => {
    for (const [name, value] of Object.entries(rules)) element.style.setProperty(name, value);
  };

  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.open;
  style(button, {
    position: "fixed", right: "1rem", bottom: "1rem", "z-index": "2147483000", "min-height": "2.75rem", padding: ".5rem 1rem",
    font: "1rem/1.4 system-ui, sans-serif", color: "#ffffff", background: "#14594a", border: "2px solid #ffffff", "border-radius": "1.5rem", cursor: "pointer",
  });

  let panel = null;
  const build = () => {
    const box = document.createElement("div");
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", words.title);
    style(box, {
      position: "fixed", right: "1rem", bottom: "5rem", "z-index": "2147483000", width: "min(26rem, calc(100vw - 2rem))",
      height: "min(42rem, calc(100vh - 6rem))", background: "#ffffff", border: "2px solid #14594a", "border-radius": ".75rem", overflow: "hidden",
    });
    const frame = document.createElement("iframe");
    frame.title = words.title;
    frame.src = chat.href;
    style(frame, { width: "100%", height: "100%", border: "0" });
    box.append(frame);
    box.hidden = true;
    document.body.append(box);
    return box;
  };

  const show = (open) => {
    panel.hidden = !open;
    button.textContent = open ? words.close : words.open;
    button.setAttribute("aria-expanded", String(open));
    (open ? panel.firstChild : button).focus();
  };

  button.addEventListener("click", () => {
    if (chat.origin !== location.origin) {
      window.open(chat.href, "_blank", "noopener,noreferrer");
      return;
    }
    panel = panel || build();
    show(panel.hidden);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel && !panel.hidden) show(false);
  });

  const start = () => document.body.append(button);
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
})();
