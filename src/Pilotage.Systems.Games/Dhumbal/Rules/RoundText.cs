namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Rounds in words.</summary>
internal static class RoundText
{
    /// <summary>Why a round ended, as logs have it.</summary>
    public static string Of(RoundEnd end) => end switch
    {
        RoundEnd.Called => "called",
        RoundEnd.Emptied => "emptied",
        RoundEnd.TurnCap => "turn cap",
        _ => "running",
    };
}
