//! Prints the predicted machines of a file: `cargo run -p pinsight-lowering --example predict -- FILE`.

use pinsight_lowering::{Prediction, Source, predict_file};

fn main() {
    for file in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let source = Source { file: file.clone(), ..Source::default() };
        match predict_file(&text, &source) {
            Ok(predictions) => predictions.iter().for_each(print),
            Err(error) => eprintln!("{file}: {error}"),
        }
    }
}

fn print(prediction: &Prediction) {
    println!("{}", prediction.machine.to_text(&Default::default()));
    prediction.children.iter().for_each(print);
}
