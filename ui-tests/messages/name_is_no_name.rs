//! Each of these is one error.

use pinsight::PinProject;

#[derive(PinProject)]
#[pin(project = crate::TaskProj)] //~ ERROR expected a name
struct Path<F>(#[pin] F);

#[derive(PinProject)]
#[pin(project = self)] //~ ERROR expected a name
struct Receiver<F>(#[pin] F);

#[derive(PinProject)]
#[pin(project = type)] //~ ERROR expected a name
struct Keyword<F>(#[pin] F);

#[derive(PinProject)]
#[pin(project = Self)] //~ ERROR expected a name
struct Itself<F>(#[pin] F);

#[derive(PinProject)]
#[pin(project = 5)] //~ ERROR expected a name
struct Number<F>(#[pin] F);

#[derive(PinProject)]
#[pin(project = "two words")] //~ ERROR expected a name
struct Words<F>(#[pin] F);

#[derive(PinProject)]
#[pin(project_ref = async)] //~ ERROR expected a name
struct NewKeyword<F>(#[pin] F);

#[derive(PinProject)]
#[pin(project = Two Words)] //~ ERROR expected one name
struct Comma<F>(#[pin] F);

#[derive(PinProject)]
#[pin(project = Names::Proj)] //~ ERROR expected one name
struct Module<F>(#[pin] F);

fn main() {}
