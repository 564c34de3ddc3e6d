//! Bytes as what a worker says, which a program may have taken over: an answer or an error, never a panic, and no
//! places but those of the sources.

use galley::claim::find;
use galley::engine::frame::{self, Response};
use galley::engine::program::{Conditions, Host, Limits, Program, SourceText, Watched};

pub fn check(bytes: &[u8]) {
    let mut rest = bytes;
    loop {
        let before = rest;
        match frame::read::<Response>(&mut rest) {
            Ok(Some(response)) => {
                let message = &before[..before.len() - rest.len()];
                check_cuts(message);
                check_again(&response);
                if let Response::Read { reading, .. } = &response {
                    check_reading(reading.files.first().map_or("", |file| &file.source), &response);
                    check_reading("5; // => 5\n'é'; /* 'é' */", &response);
                }
            }
            Ok(None) => {
                assert!(before.is_empty(), "the end is told {} bytes before it", before.len());
                break;
            }
            Err(_) => break,
        }
    }
    check_json(bytes);
}

/// Bytes that are the body of a message.
fn check_json(bytes: &[u8]) {
    let mut pipe = Vec::new();
    if frame::write_bytes(&mut pipe, bytes).is_ok()
        && let Ok(Some(response)) = frame::read::<Response>(&mut pipe.as_slice())
    {
        check_cuts(&pipe);
        check_again(&response);
        if let Response::Read { reading, .. } = &response {
            check_reading(reading.files.first().map_or("", |file| &file.source), &response);
        }
    }
}

fn check_cuts(message: &[u8]) {
    for length in (1..message.len()).rev().take(8).chain(1..message.len().min(8)) {
        let cut = frame::read::<Response>(&mut &message[..length]);
        assert!(cut.is_err(), "{length} of {} bytes are taken for a message or its end", message.len());
    }
}

fn check_again(response: &Response) {
    let mut pipe = Vec::new();
    frame::write(&mut pipe, response).expect("what was read can be written");
    let again = frame::read::<Response>(&mut pipe.as_slice()).expect("what was written can be read");
    assert_eq!(format!("{:?}", Some(response)), format!("{:?}", again.as_ref()));
}

/// What is let in can be used.
fn check_reading(source: &str, response: &Response) {
    let Response::Read { reading, .. } = response else { return };
    let program = Program {
        files: vec![SourceText { path: "/a.js".into(), source: source.into() }],
        entry: "/a.js".into(),
        kind: None,
        probes: vec!["1".into()],
        tests: false,
        record: None,
        watch: (0..4).map(|id| Watched { id, throws: id % 2 == 0 }).collect(),
        host: Host::Node,
        norun: false,
        mutants: false,
        misconceptions: false,
        stepped: None,
        modules: false,
        limits: Limits::default(),
        conditions: Conditions::default(),
    };
    let _ = (reading.prepare(&program), reading.unrun(&program));
    if let Some(parsed) = reading.parsed.as_ref().filter(|_| reading.is_of(&program)) {
        for claim in find::find(source, parsed, true) {
            assert!(source.get(claim.range.clone()).is_some(), "{claim:?} in {source:?}");
        }
    }
}
