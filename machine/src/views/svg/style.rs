/// The style of all pictures. The colours of the slots are those of Okabe and Ito, which people with any kind of colour vision can
/// tell apart, and which do on a light ground as on a dark one.
pub const SVG_STYLE: &str = "
.pinsight-machine{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#1f2328}
.pinsight-machine .ground{fill:#fff}
.pinsight-machine .title{font-size:15px;font-weight:bold}
.pinsight-machine .name{font-weight:bold}
.pinsight-machine .small{font-size:11px}
.pinsight-machine .end{text-anchor:end}
.pinsight-machine .dim{fill:#59636e}
.pinsight-machine .type{fill:#0a5a8a}
.pinsight-machine .lost{fill:#a13d00}
.pinsight-machine .leader{fill:none;stroke:#9aa4af}
.pinsight-machine .byte{stroke:#fff;stroke-width:.5}
.pinsight-machine .slot0{fill:#56b4e9}
.pinsight-machine .slot1{fill:#e69f00}
.pinsight-machine .slot2{fill:#009e73}
.pinsight-machine .slot3{fill:#cc79a7}
.pinsight-machine .slot4{fill:#0072b2}
.pinsight-machine .slot5{fill:#f0e442}
.pinsight-machine .slot6{fill:#d55e00}
.pinsight-machine .discriminant{fill:#1f2328}
.pinsight-machine .other{fill:#dfe3e8}
.pinsight-machine .padding{fill:#fff;stroke:#9aa4af;stroke-dasharray:2 2}
.pinsight-machine .arrow path{fill:none;stroke:#1f2328;stroke-width:1.4}
.pinsight-machine .possible path{stroke-dasharray:4 3}
.pinsight-machine .arrow .head{fill:#1f2328;stroke:none}
@media (prefers-color-scheme:dark){
.pinsight-machine{fill:#e6edf3}
.pinsight-machine .ground{fill:#0d1117}
.pinsight-machine .dim{fill:#9198a1}
.pinsight-machine .type{fill:#79c0ff}
.pinsight-machine .lost{fill:#ffa657}
.pinsight-machine .leader{stroke:#6e7681}
.pinsight-machine .byte{stroke:#0d1117}
.pinsight-machine .discriminant{fill:#e6edf3}
.pinsight-machine .other{fill:#30363d}
.pinsight-machine .padding{fill:#0d1117;stroke:#6e7681}
.pinsight-machine .arrow path{stroke:#e6edf3}
.pinsight-machine .arrow .head{fill:#e6edf3}
}
";
