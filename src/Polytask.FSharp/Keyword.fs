namespace Polytask.FSharp

open System.IO
open Polytask

/// Where a keyword stands, so that a refused declaration says which of its keywords is meant.
module internal Keyword =

    /// One step of a declaration; what is refused in it names the keyword, its line and its file.
    let step (keyword: string) (file: string option) (line: int option) (declare: unit -> 'T) =
        try
            declare ()
        with :? DeclarationException as refused ->
            let place =
                match line, Option.map (fun (path: string) -> Path.GetFileName path) file with
                | Some line, Some file -> $"'{keyword}', line {line} of {file}"
                | _ -> $"'{keyword}'"
            raise (DeclarationException $"{refused.Message} ({place})")

    /// A keyword that begins with another declaration does not come second.
    let lostBefore (keyword: string) : 'T =
        raise (DeclarationException $"'{keyword}' comes first: what stands before it would be lost")
