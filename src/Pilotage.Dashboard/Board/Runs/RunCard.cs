using Pilotage.Lab.Runs;

namespace Pilotage.Dashboard.Board.Runs;

/// <summary>One run of the list.</summary>
/// <param name="Name">Name of its folder.</param>
/// <param name="Title">What ran; empty if it cannot be told.</param>
/// <param name="State">How it is.</param>
/// <param name="Headline">Its answer, how far it is, or what is wrong with it.</param>
/// <param name="Made">When its configuration was written, in UTC.</param>
public sealed record RunCard(string Name, string Title, RunState State, string Headline, DateTimeOffset Made)
{
    /// <summary>The card of an entry.</summary>
    /// <param name="entry">From the index.</param>
    /// <param name="folder">The run's folder, asked for a living process where the entry cannot tell.</param>
    internal static RunCard Of(RunEntry entry, string folder)
    {
        var state = entry.Status switch
        {
            RunStatus.Finished => RunState.Finished,
            RunStatus.Newer => RunState.Newer,
            RunStatus.Broken => RunState.Broken,
            _ when RunLife.ProcessOf(folder) is not null => RunState.Running,
            RunStatus.Failed => RunState.Failed,
            _ => RunState.Stopped,
        };
        return new(entry.Name, entry.Title, state, entry.Headline, entry.Made);
    }

    /// <summary>Whether its folder may still change by itself.</summary>
    internal bool IsOpen => State is RunState.Running or RunState.Stopped or RunState.Failed;
}
