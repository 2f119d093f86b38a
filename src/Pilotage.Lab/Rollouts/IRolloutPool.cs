namespace Pilotage.Lab.Rollouts;

/// <summary>Workers that play pieces of rollouts: threads here, or processes and machines elsewhere.</summary>
public interface IRolloutPool
{
    /// <summary>How many pieces it plays at once, at least 1.</summary>
    int Slots { get; }

    /// <summary>Opens the way to them for one training.</summary>
    /// <param name="run">Tells this training's weights from others'.</param>
    /// <param name="text">All that the training is made from: the content of its <c>config.yaml</c>.</param>
    /// <returns>To be disposed of when the training ends.</returns>
    IRolloutChannel Open(string run, string text);
}
