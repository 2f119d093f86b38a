using Pilotage.Algorithms;
using Pilotage.Dashboard.Board.Doors;
using Pilotage.Environments;
using Pilotage.Lab.Runs;
using Pilotage.Settings;
using Pilotage.Systems;

namespace Pilotage.Dashboard.Board.Systems;

/// <summary>What can be looked at and run: systems, environments, algorithms.</summary>
/// <param name="systems">In the order of their list.</param>
/// <param name="environments">In the order of their list.</param>
internal sealed class SystemBook(IReadOnlyList<ISystem> systems, IReadOnlyList<EnvironmentEntry> environments)
{
    /// <summary>The systems.</summary>
    public IReadOnlyList<ISystem> All => systems;

    /// <summary>The environments.</summary>
    public IReadOnlyList<EnvironmentEntry> Environments => environments;

    /// <summary>What to begin with: the README's first system, where there is one.</summary>
    public string First => (systems.FirstOrDefault(system => system.Description.Slug == "cloud-autoscaling") ?? (systems is [var first, ..] ? first : null))?.Description.Slug ?? "";

    /// <summary>A system by name.</summary>
    /// <exception cref="RefusedException">There is none (PIL1912).</exception>
    public ISystem Find(string slug) => systems.FirstOrDefault(system => system.Description.Slug == slug)
        ?? throw new RefusedException(404, new("PIL1912", $"There is no system \"{slug}\".", "", $"{(NearestName.Suggest(slug, systems.Select(system => system.Description.Slug)) is { } near ? $"Did you mean {near}? " : "")}The page of systems shows what there is."));

    /// <summary>The command that repeats a run; empty if it cannot be told.</summary>
    public string CommandOf(RunFolder run)
    {
        try
        {
            var header = run.Header;
            if (header.Command is RunCommand.Improve or RunCommand.Sweep) return "";         // a program of the user's, and a search with ranges
            if (header.Command == RunCommand.Train)
            {
                var algorithm = AlgorithmCatalog.Find(header.Algorithm!);
                return RepeatingCommand.Of(run.Configuration(algorithm.Settings), algorithm.DefaultsFor(header.Environment!));
            }
            return systems.FirstOrDefault(system => system.Description.Slug == header.System) is { } found ? RepeatingCommand.Of(run.Configuration(found.Settings), found.Settings.Default) : "";
        }
        catch (UserMistakeException)
        {
            return "";                                   // settings of another version
        }
    }
}
