namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>A stage as a file has it: parents by name.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="After">Names of the stages that it waits for.</param>
/// <param name="Where">Where it stands.</param>
internal sealed record JobPart(Stage Stage, IReadOnlyList<string> After, string Where)
{
    /// <summary>Makes a job of its stages.</summary>
    /// <param name="name">Of the job.</param>
    /// <param name="arrival">Seconds.</param>
    /// <param name="deadline">Seconds; infinity for none.</param>
    /// <param name="weight">What it counts.</param>
    /// <param name="parts">Its stages.</param>
    /// <param name="where">Where the job stands.</param>
    /// <param name="problems">Receives what is wrong.</param>
    /// <returns>The job; <see langword="null"/> where it cannot be made.</returns>
    public static Job? Link(string name, double arrival, double deadline, double weight, IReadOnlyList<JobPart> parts, string where, List<string> problems)
    {
        var (places, edges, known) = (new Dictionary<string, int>(), new List<(int, int)>(), problems.Count);
        for (var i = 0; i < parts.Count; i++)
            if (!places.TryAdd(parts[i].Stage.Name, i)) problems.Add(new Mistake("PIL1607", $"Job '{name}' has two stages named '{parts[i].Stage.Name}'.", parts[i].Where, "Name each its own, in a column or field stage.").ToString());
        for (var i = 0; i < parts.Count; i++)
            foreach (var parent in parts[i].After)
            {
                if (places.TryGetValue(parent, out var place)) edges.Add((place, i));
                else problems.Add(new Mistake("PIL1602", $"Stage '{parts[i].Stage.Name}' of job '{name}' comes after '{parent}', but the job has no stage of that name.", parts[i].Where, $"Its stages are {string.Join(", ", places.Keys)}.").ToString());
            }
        if (problems.Count > known) return null;
        try
        {
            return new(name, arrival, JobShape.Create([.. parts.Select(part => part.Stage)], edges, $"{where}, job '{name}'"), weight, deadline);
        }
        catch (UserMistakeException mistake)
        {
            problems.AddRange(mistake.Problems);
            return null;
        }
    }
}
