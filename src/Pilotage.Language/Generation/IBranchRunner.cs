namespace Pilotage.Language.Generation;

/// <summary>Runs a model on branches.</summary>
internal unsafe interface IBranchRunner
{
    /// <summary>Takes the weights as they are now; what was kept is void.</summary>
    void Read();

    /// <summary>Runs what of the branches is not kept yet, but for their last tokens.</summary>
    /// <returns>Tokens run, and tokens found kept instead.</returns>
    (int Run, int Reused) Prefill(IReadOnlyList<GenerationBranch> branches);

    /// <summary>Runs the last token of prefilled branches.</summary>
    /// <param name="branches">Each at most once.</param>
    /// <param name="logits">Receives [branches, vocabulary].</param>
    void Run(IReadOnlyList<GenerationBranch> branches, float* logits);

    /// <summary>Lets a copy see what its source keeps.</summary>
    void Share(GenerationBranch source, GenerationBranch copy);

    /// <summary>Gives up what is kept beyond so many tokens.</summary>
    void Cut(GenerationBranch branch, int cached);
}
