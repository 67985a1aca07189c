//! A headless Chromium, spoken to in the DevTools protocol over a pipe: no driver and no port.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

pub(crate) struct Chromium {
    process: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    profile: std::path::PathBuf,
    session: Option<String>,
    last_id: u64,
    /// What has happened since it was started: errors on the console, and addresses that were asked for.
    pub(crate) errors: Vec<String>,
    pub(crate) requests: Vec<String>,
}

impl Chromium {
    /// `None` where there is no Chromium.
    pub(crate) fn start() -> Option<Chromium> {
        let name = ["chromium", "chromium-browser", "google-chrome"]
            .into_iter()
            .find(|name| Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success()))?;
        let profile = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("chromium-{}", std::process::id()));
        // The browser reads commands from file 3 and writes to file 4.
        let mut process = Command::new("sh")
            .args(["-c", "exec \"$@\" 3<&0 4>&1 >/dev/null 2>&1", "sh", name])
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let (to, from) = (process.stdin.take()?, BufReader::new(process.stdout.take()?));
        let (errors, requests) = (Vec::new(), Vec::new());
        let mut chromium = Chromium { process, to, from, profile, session: None, last_id: 0, errors, requests };
        let target = chromium.send("Target.createTarget", json!({ "url": "about:blank" }));
        let attached =
            chromium.send("Target.attachToTarget", json!({ "targetId": target["targetId"], "flatten": true }));
        chromium.session = attached["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            chromium.send(&format!("{domain}.enable"), json!({}));
        }
        Some(chromium)
    }

    /// Sends a command and waits for its result.
    pub(crate) fn send(&mut self, method: &str, parameters: Value) -> Value {
        self.last_id += 1;
        let id = self.last_id;
        let mut message = json!({ "id": id, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        self.to.write_all(format!("{message}\0").as_bytes()).expect("the browser reads commands");
        self.to.flush().expect("the browser reads commands");
        loop {
            let message = self.receive();
            if message["id"] == id {
                assert!(message["error"].is_null(), "{method}: {}", message["error"]);
                return message["result"].clone();
            }
        }
    }

    /// Waits until something has happened.
    fn wait_for(&mut self, method: &str) {
        while self.receive()["method"] != method {}
    }

    fn receive(&mut self) -> Value {
        let mut bytes = Vec::new();
        self.from.read_until(0, &mut bytes).expect("the browser answers");
        assert_eq!(bytes.pop(), Some(0), "the browser has ended");
        let message: Value = serde_json::from_slice(&bytes).expect("the browser speaks JSON");
        let happened = &message["params"];
        match message["method"].as_str() {
            Some("Runtime.exceptionThrown") => self.errors.push(happened["exceptionDetails"].to_string()),
            Some("Runtime.consoleAPICalled") => self.errors.push(happened["args"].to_string()),
            Some("Log.entryAdded") => self.errors.push(happened["entry"].to_string()),
            Some("Network.requestWillBeSent") => {
                self.requests.push(happened["request"]["url"].as_str().unwrap_or_default().to_owned());
            }
            _ => {}
        }
        message
    }

    pub(crate) fn open(&mut self, page: &Path) {
        self.send("Page.navigate", json!({ "url": format!("file://{}", page.display()) }));
        self.wait_for("Page.loadEventFired");
    }

    /// The value of a JavaScript expression.
    pub(crate) fn evaluate(&mut self, expression: &str) -> Value {
        let parameters = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let result = self.send("Runtime.evaluate", parameters);
        assert!(result["exceptionDetails"].is_null(), "{expression}: {}", result["exceptionDetails"]);
        result["result"]["value"].clone()
    }

    /// Presses a key as a person does.
    pub(crate) fn press(&mut self, key: &str) {
        let (code, text) = match key {
            "Enter" => (13, "\r"),
            "Tab" => (9, ""),
            "ArrowDown" => (40, ""),
            "Escape" => (27, ""),
            " " => (32, " "),
            _ => (0, key),
        };
        let key = json!({ "type": "keyDown", "key": key, "windowsVirtualKeyCode": code, "text": text });
        self.send("Input.dispatchKeyEvent", key.clone());
        self.send(
            "Input.dispatchKeyEvent",
            json!({ "type": "keyUp", "key": key["key"], "windowsVirtualKeyCode": code }),
        );
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}
