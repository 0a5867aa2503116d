//! `config check` and `config show`.

use clap::Subcommand;

use super::console::say;
use super::{Arguments, Failure, colours};
use crate::config::{self, Machine};

/// Verbs about the configuration.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Reads the file and says everything that is wrong with it, each with its place.
    Check,
    /// Shows the effective configuration with the origin of every value; secrets stay hidden.
    Show,
}

/// Runs one of them.
///
/// # Errors
///
/// [`Failure::Configuration`] where the file is refused.
pub fn run(arguments: &Arguments, command: &ConfigCommand) -> anyhow::Result<()> {
    let loaded = match config::load(&arguments.config, &Machine) {
        Ok(loaded) => loaded,
        Err(report) => {
            if arguments.json {
                println!("{}", report.to_json());
            } else {
                eprintln!("{}", report.render(colours()));
            }
            return Err(Failure::Configuration.into());
        }
    };
    let out = &mut std::io::stdout();
    match command {
        ConfigCommand::Check if arguments.json => say(out, &format!("{}\n", loaded.warnings.to_json()))?,
        ConfigCommand::Check if loaded.warnings.is_empty() => {
            let file = arguments.config.display();
            say(out, &format!("{file}: no errors, no warnings\n"))?;
        }
        ConfigCommand::Check => eprintln!("{}", loaded.warnings.render_with(colours(), "It can be used.")),
        ConfigCommand::Show if arguments.json => say(out, &format!("{}\n", loaded.effective.to_json()))?,
        ConfigCommand::Show => say(out, &loaded.effective.to_text())?,
    }
    Ok(())
}
