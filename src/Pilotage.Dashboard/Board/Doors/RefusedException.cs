namespace Pilotage.Dashboard.Board.Doors;

/// <summary>A request that cannot be answered, with the status that says why.</summary>
internal sealed class RefusedException(int status, Mistake mistake) : Exception(mistake.ToString())
{
    /// <summary>Status of the reply.</summary>
    public int Status => status;

    /// <summary>A run that is not there.</summary>
    public static RefusedException NoRun(string name) =>
        new(404, new("PIL1910", $"There is no run \"{name}\" in this folder of runs.", "", "It may have been renamed or removed; the list of runs shows what there is."));

    /// <summary>A file that is not there, or not to be given.</summary>
    public static RefusedException NoFile(string name) =>
        new(404, new("PIL1911", $"The run has no file \"{name}\".", "", "Its page lists the files that it has."));

    /// <summary>A disk without room.</summary>
    public static RefusedException Full(string folder) => new(507, new("PIL1929", $"The disk of {folder} is full.", "", "Free space, then try again. Runs that are there can be read all the same."));

    /// <summary>Something that the run's state does not allow.</summary>
    public static RefusedException Conflict(string code, string what, string advice) => new(409, new(code, what, "", advice));
}
