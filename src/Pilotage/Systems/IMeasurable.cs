namespace Pilotage.Systems;

/// <summary>A system whose simulator or training has a speed worth knowing: <c>pilotage bench</c> measures it.</summary>
public interface IMeasurable
{
    /// <summary>What is measured. Nothing is made before a case begins.</summary>
    SpeedGroup Speed { get; }
}
