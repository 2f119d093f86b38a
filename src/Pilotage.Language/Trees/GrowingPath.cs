using Pilotage.Language.Generation;

namespace Pilotage.Language.Trees;

/// <summary>A path of a tree that is being grown, and its last segment.</summary>
/// <param name="Branch">Its tokens.</param>
/// <param name="Node">The segment that is decoded now, or was last.</param>
internal sealed record GrowingPath(GenerationBranch Branch, TreeNode Node)
{
    /// <summary>Whether it holds an answer: it ended by itself or closed one.</summary>
    public bool HasAnswer => Branch.Finish is FinishReason.Ended or FinishReason.Stopped;
}
