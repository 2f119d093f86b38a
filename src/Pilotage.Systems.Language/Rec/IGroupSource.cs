using Pilotage.Language.Groups;

namespace Pilotage.Systems.Language.Rec;

/// <summary>Where the answers of a step come from.</summary>
internal interface IGroupSource : ISaved
{
    /// <summary>The groups of a step.</summary>
    /// <param name="step">The learner's updates so far.</param>
    /// <param name="cancellation">Stops between two tokens.</param>
    /// <returns>At least one group.</returns>
    IReadOnlyList<ResponseGroup> Draw(long step, CancellationToken cancellation);
}
