# Short names for the scripts, which need no make.
.PHONY: demo test setup lock

demo test setup lock:
	sh scripts/$@.sh
