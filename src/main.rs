//! The program `boardpack`.

use std::process::ExitCode;

fn main() -> ExitCode {
    boardpack::cli::run()
}
