namespace Plotly.NET

open System
open System.Diagnostics

module internal Browser =
  /// Opens the file in the browser; on a machine without one, says where the file is.
  let openFile (path: string) =
    let start =
      if OperatingSystem.IsWindows() then ProcessStartInfo(path, UseShellExecute = true)
      elif OperatingSystem.IsMacOS() then ProcessStartInfo("open", [ path ])
      else ProcessStartInfo("xdg-open", [ path ])
    try
      use opened = Process.Start start
      ()
    with :? ComponentModel.Win32Exception -> Console.Error.WriteLine $"No browser could be opened ({start.FileName}); the chart is in {path}"
