"""The action server as `make run` starts it: rasa_sdk's own, with a log that cannot hold what a person wrote.

Upstream: when an action fails, rasa_sdk 3.6.2 logs the request and its error, and sends the whole request back as the error's
body, which the Rasa server then logs. Its test fails when rasa_sdk's answer to a failure no longer holds the request.
"""

from rasa_sdk.__main__ import main

from bot import redacted_log

if __name__ == "__main__":
    redacted_log.install()
    main()
