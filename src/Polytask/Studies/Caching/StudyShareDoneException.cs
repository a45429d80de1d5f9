namespace Polytask;

/// <summary>Ends the script of a process that has computed its share of a study, where other processes have not computed theirs yet.</summary>
internal sealed class StudyShareDoneException(int own, int missing) : Exception(
    $"this process's share of the study, {own} {(own == 1 ? "cell" : "cells")}, is done; {missing} of other processes are not: the script ends here");
