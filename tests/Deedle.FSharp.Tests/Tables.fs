namespace Deedle.FSharp.Tests

open Deedle

/// Small tables in the shape of those that Deedle's documentation works on: measurements with gaps, and people in classes.
module internal Tables =
  /// Ozone misses two of eight values, Solar one; rows 1 and 4 to 8 but 5 are complete.
  let airText =
    "Month;Day;Ozone;Solar;Temp\n5;1;41;190;67\n5;2;;118;72\n5;3;12;149;74\n5;4;18;;62\n6;1;;286;78\n6;2;29;99;65\n6;3;8;19;61\n6;4;11;194;69\n"
  let air () = Frame.ReadCsvString(airText, separators = ";")

  let passengersText =
    "Name,Class,Sex,Survived,Age,Fare\n"
    + "Ada,1,female,1,38.5,71.25\nBen,3,male,0,22,7.25\nCid,3,male,0,,8.05\nDora,1,female,1,35,53.1\n"
    + "Eve,3,female,1,26,7.925\nFinn,2,male,0,54,26\nGus,1,male,0,54,51.75\nHan,3,female,0,2,21.075\n"
  let passengers () = Frame.ReadCsvString passengersText

  /// Values under the keys 1, 2, 3, ...
  let numbered values = Series.ofValues values |> Series.mapKeys ((+) 1)
