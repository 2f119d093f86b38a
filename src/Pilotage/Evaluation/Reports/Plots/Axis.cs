namespace Pilotage.Evaluation.Reports.Plots;

/// <summary>What an axis counts.</summary>
/// <param name="Name">In words, without unit: "return", "environment steps".</param>
/// <param name="Unit">"euro per minute"; empty for pure numbers and counts.</param>
public sealed record Axis(string Name, string Unit = "")
{
    /// <summary>As it stands beside the axis: <c>cost (euro per minute)</c>.</summary>
    public string Title => Unit.Length == 0 ? Name : $"{Name} ({Unit})";
}
