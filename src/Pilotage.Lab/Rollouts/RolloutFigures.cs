namespace Pilotage.Lab.Rollouts;

/// <summary>What the ledger of a training's rollouts counted. In a run without faults all but the first two are 0.</summary>
/// <param name="Sent">Tasks that were sent, those sent again included.</param>
/// <param name="Used">Results that were learned from, each once.</param>
/// <param name="Lost">Tasks whose worker died; they were sent again.</param>
/// <param name="Repeated">Results of a piece that had been used, dropped.</param>
/// <param name="Late">Results of an earlier rollout or of other weights, dropped.</param>
/// <param name="WeightBytes">Bytes of weights laid out for workers; a worker fetches each version once.</param>
/// <param name="TaskBytes">Bytes of state sent with tasks.</param>
/// <param name="ResultBytes">Bytes of results that came back.</param>
public sealed record RolloutFigures(long Sent, long Used, long Lost, long Repeated, long Late, long WeightBytes, long TaskBytes, long ResultBytes);
