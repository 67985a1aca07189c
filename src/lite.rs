//! The form of pin-project-lite 0.2.

/// Declares a type with its projections, in the form of pin-project-lite.
#[doc(hidden)]
#[macro_export]
macro_rules! __lite_pin_project {
    ($($item:tt)*) => {
        $crate::__private::__pin_project_lite! { [$crate] $($item)* }
    };
}

#[doc(inline)]
pub use __lite_pin_project as pin_project;
