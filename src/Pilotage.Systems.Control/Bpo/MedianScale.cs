namespace Pilotage.Systems.Control.Bpo;

/// <summary>Over which width the median of the returns is smoothed.</summary>
public enum MedianScale
{
    /// <summary>One unit of reward, as in the released code: between median and mean where returns vary by less.</summary>
    One,

    /// <summary>The temperature, as in the paper: the median itself as it falls.</summary>
    Temperature,
}
