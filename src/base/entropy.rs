//! The one place that draws randomness.

/// A source of random bytes. Handed in, so that tests can repeat themselves.
pub trait Entropy: Send + Sync + 'static {
    /// Fills `buffer` with random bytes.
    fn fill(&self, buffer: &mut [u8]);
}

/// Draws `N` random bytes.
pub fn bytes<const N: usize>(entropy: &dyn Entropy) -> [u8; N] {
    let mut drawn = [0; N];
    entropy.fill(&mut drawn);
    drawn
}

/// A uniformly distributed number below `bound`, by rejection, so that no digit of a code is
/// likelier than another.
pub fn below(entropy: &dyn Entropy, bound: u32) -> u32 {
    let bound = bound.max(1);
    let zone = u32::MAX - u32::MAX % bound;
    loop {
        let drawn = u32::from_le_bytes(bytes::<4>(entropy));
        if drawn < zone {
            return drawn % bound;
        }
    }
}

/// The operating system's generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        // getrandom(2) fails only where there is no such call at all. Going on with a buffer
        // that was not filled would hand out predictable secrets, so the process ends.
        if getrandom::fill(buffer).is_err() {
            stop_without_randomness();
        }
    }
}

fn stop_without_randomness() -> ! {
    eprintln!("the operating system gives no random bytes; stopping");
    std::process::abort()
}
