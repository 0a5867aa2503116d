//! Arguments in, exit code out.

// glibc keeps hundreds of megabytes of arenas after a flood of sign-ins; this one gives them back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    doorward::cli::main()
}
