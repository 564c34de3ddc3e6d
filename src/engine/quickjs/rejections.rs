//! Promises that were rejected and that nobody has handled so far.

use std::cell::RefCell;
use std::rc::Rc;

use rquickjs::{Ctx, Persistent, Runtime, Value};

/// In the order in which they were rejected.
#[derive(Clone, Default)]
pub struct Rejections(Rc<RefCell<Vec<Rejection>>>);

pub struct Rejection {
    pub promise: Persistent<Value<'static>>,
    pub reason: Persistent<Value<'static>>,
}

impl Rejections {
    /// Those of a runtime, from now on.
    pub fn of(runtime: &Runtime) -> Rejections {
        let rejections = Rejections::default();
        let seen = Rc::clone(&rejections.0);
        runtime.set_host_promise_rejection_tracker(Some(Box::new(
            move |ctx: Ctx<'_>, promise: Value<'_>, reason: Value<'_>, handled| {
                let promise = Persistent::save(&ctx, promise);
                if handled {
                    seen.borrow_mut().retain(|rejection| rejection.promise != promise);
                } else {
                    seen.borrow_mut().push(Rejection { promise, reason: Persistent::save(&ctx, reason) });
                }
            },
        )));
        rejections
    }

    pub fn take(&self) -> Vec<Rejection> {
        self.0.take()
    }

    pub fn count(&self) -> usize {
        self.0.borrow().len()
    }

    /// All but so many, the oldest.
    pub fn forget_from(&self, count: usize) {
        self.0.borrow_mut().truncate(count);
    }
}
