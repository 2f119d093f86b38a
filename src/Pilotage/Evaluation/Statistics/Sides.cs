namespace Pilotage.Evaluation.Statistics;

/// <summary>How a level of error is spread over the two ends of an interval.</summary>
public enum Sides
{
    /// <summary>Half of it at each end: the test asks whether there is a difference.</summary>
    Two,

    /// <summary>All of it at each end: the test asks about one direction, which was named before anything was measured.</summary>
    One,
}
