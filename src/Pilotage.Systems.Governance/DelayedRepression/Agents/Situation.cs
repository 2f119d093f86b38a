namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>What an agent sees, as one number below 36: influence and alarm in three levels each, whether it was punished last, whether it is a bridge.</summary>
internal static class Situation
{
    /// <summary>How many there are.</summary>
    public const int Count = 3 * 3 * 2 * 2;

    private const float SomeInfluence = 2, MuchInfluence = 5;
    private const double SomeAlarm = 0.35, MuchAlarm = 0.75;

    /// <summary>The number of a situation.</summary>
    public static int Of(float influence, int alarmLevel, int punished, int bridge) => ((InfluenceLevel(influence) * 3 + alarmLevel) * 2 + punished) * 2 + bridge;

    /// <summary>0 below 0.35, 1 below 0.75, else 2.</summary>
    public static int AlarmLevel(double alarm) => alarm < SomeAlarm ? 0 : alarm < MuchAlarm ? 1 : 2;

    /// <summary>0 below 2, 1 below 5, else 2.</summary>
    public static int InfluenceLevel(float influence) => (influence >= SomeInfluence ? 1 : 0) + (influence >= MuchInfluence ? 1 : 0);

    /// <summary>Influence level of a situation.</summary>
    public static int InfluenceIn(int situation) => situation / 12;

    /// <summary>Alarm level of a situation.</summary>
    public static int AlarmIn(int situation) => situation / 4 % 3;

    /// <summary>Whether the agent was punished.</summary>
    public static bool IsPunished(int situation) => (situation & 2) != 0;
}
