namespace Pilotage.Evaluation;

/// <summary>How far a study is.</summary>
/// <param name="Done">Trials that ended or were found finished.</param>
/// <param name="Total">All trials.</param>
/// <param name="Arm">The arm that was started or ended last.</param>
/// <param name="Seed">Its seed.</param>
public readonly record struct StudyProgress(int Done, int Total, string Arm, int Seed);
