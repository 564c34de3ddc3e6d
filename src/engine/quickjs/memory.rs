//! The heap of one program: counted, bounded, and with a mark that says that the bound was met.
//!
//! The engine reports a failed allocation as an error that a program can catch, or as a thrown null when there is no room
//! for one. So nothing that is thrown tells; the mark does. Behind the limit lies a reserve, for the engine to end on.

use std::cell::Cell;
use std::ptr;
use std::rc::Rc;

use rquickjs::allocator::{Allocator, RustAllocator};

/// Bytes beyond the limit that are still given.
const RESERVE: usize = 256 << 10;

/// Read and marked by the allocator, set and asked by the host.
#[derive(Clone)]
pub struct Bound(Rc<State>);

struct State {
    /// In bytes.
    limit: Cell<usize>,
    used: Cell<usize>,
    /// How much may be used before garbage is collected.
    collect: Cell<usize>,
    met: Cell<bool>,
}

impl Bound {
    pub fn none() -> Bound {
        Bound(Rc::new(State {
            limit: Cell::new(usize::MAX),
            used: Cell::new(0),
            collect: Cell::new(usize::MAX),
            met: Cell::new(false),
        }))
    }

    /// From now on.
    pub fn set(&self, bytes: usize) {
        self.0.limit.set(bytes);
        self.plan_collection();
    }

    /// Half of what was free is used since the last plan.
    pub fn wants_collection(&self) -> bool {
        self.0.used.get() > self.0.collect.get()
    }

    /// When garbage is to be collected next: seldom while there is room, more often as it fills.
    pub fn plan_collection(&self) {
        let used = self.0.used.get();
        self.0.collect.set(used + self.0.limit.get().saturating_sub(used) / 2);
    }

    pub fn is_met(&self) -> bool {
        self.0.met.get()
    }
}

pub struct Heap {
    bound: Bound,
}

impl Heap {
    pub fn new(bound: Bound) -> Heap {
        Heap { bound }
    }

    /// Whether there is room for so many more bytes; marks the limit when it is met.
    fn has_room(&self, more: usize) -> bool {
        let wanted = self.bound.0.used.get().saturating_add(more);
        let limit = self.bound.0.limit.get();
        if wanted > limit {
            self.bound.0.met.set(true);
        }
        wanted <= limit.saturating_add(RESERVE)
    }

    fn add(&self, bytes: usize) {
        self.bound.0.used.set(self.bound.0.used.get() + bytes);
    }

    fn subtract(&self, bytes: usize) {
        self.bound.0.used.set(self.bound.0.used.get() - bytes);
    }

    fn count(&self, pointer: *mut u8) -> *mut u8 {
        if !pointer.is_null() {
            // SAFETY: the pointer was just given by `RustAllocator`.
            let size = unsafe { RustAllocator::usable_size(pointer) };
            self.add(size);
        }
        pointer
    }
}

// SAFETY: every pointer comes from `RustAllocator` and goes back to it; this type only counts and refuses.
unsafe impl Allocator for Heap {
    fn alloc(&mut self, size: usize) -> *mut u8 {
        if !self.has_room(size) {
            return ptr::null_mut();
        }
        let pointer = RustAllocator.alloc(size);
        self.count(pointer)
    }

    fn calloc(&mut self, count: usize, size: usize) -> *mut u8 {
        // The inner allocator takes an overflow for a bug.
        let Some(total) = count.checked_mul(size) else { return ptr::null_mut() };
        if !self.has_room(total) {
            return ptr::null_mut();
        }
        let pointer = RustAllocator.calloc(count, size);
        self.count(pointer)
    }

    unsafe fn dealloc(&mut self, pointer: *mut u8) {
        // SAFETY: the caller gives back what `alloc`, `calloc` or `realloc` gave.
        unsafe {
            self.subtract(RustAllocator::usable_size(pointer));
            RustAllocator.dealloc(pointer);
        }
    }

    unsafe fn realloc(&mut self, pointer: *mut u8, new_size: usize) -> *mut u8 {
        if pointer.is_null() {
            return self.alloc(new_size);
        }
        // SAFETY: the caller names what `alloc`, `calloc` or `realloc` gave.
        let old_size = unsafe { RustAllocator::usable_size(pointer) };
        if !self.has_room(new_size.saturating_sub(old_size)) {
            return ptr::null_mut();
        }
        // SAFETY: as above.
        let moved = unsafe { RustAllocator.realloc(pointer, new_size) };
        if !moved.is_null() {
            self.subtract(old_size);
        }
        self.count(moved)
    }

    unsafe fn usable_size(pointer: *mut u8) -> usize {
        // SAFETY: the caller names what this allocator gave.
        unsafe { RustAllocator::usable_size(pointer) }
    }
}
