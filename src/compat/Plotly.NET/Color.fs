namespace Plotly.NET

open System

/// A colour, or one colour for each point.
[<Sealed>]
type Color private (value: obj) =
  /// What plotly.js reads: a CSS colour, or an array of colours or of numbers on a colour scale.
  member internal _.Value = value
  /// From 0 to 255 each; a is the opacity.
  static member fromARGB (a: int) (r: int) (g: int) (b: int) =
    let opacity = Math.Round(float a / 255.0, 4)
    Color(FormattableString.Invariant $"rgba({r}, {g}, {b}, {opacity})")
  static member fromRGB (r: int) (g: int) (b: int) = Color.fromARGB 255 r g b
  /// From "#rrggbb".
  static member fromHex(hex: string) = Color hex
  /// From a CSS colour such as "black".
  static member fromString(color: string) = Color color
  /// One colour a point or a trace.
  static member fromColors(colors: seq<Color>) = Color(colors |> Seq.map _.Value |> Array.ofSeq)
  /// One number a point, mapped to colours by the colour scale.
  static member fromColorScaleValues(values: seq<#IConvertible>) = Color(values |> Seq.map box |> Array.ofSeq)
