namespace Pilotage.Systems.Governance.Ofs;

/// <summary>Chooses the threshold of each round and sees what came of it: of the one that was chosen alone.</summary>
internal interface IThresholdRule
{
    /// <summary>Chooses.</summary>
    /// <param name="round">From 0.</param>
    /// <param name="random">Chance of its own.</param>
    /// <returns>Which threshold.</returns>
    int Choose(int round, ref Randomness random);

    /// <summary>Sees the acceptance rates of the round's batch.</summary>
    void SeeRates(int round, int k, in Batch batch);

    /// <summary>Sees the reward of a batch, at once or when outcomes are known.</summary>
    void SeeReward(int round, int k, in Batch batch);
}
