using Pilotage.Experience.Datasets;
using Pilotage.Tensors;

namespace Pilotage.Algorithms.Offline;

/// <summary>Makes an offline objective.</summary>
/// <param name="config">Valid settings.</param>
/// <param name="dataset">What is learned from.</param>
/// <param name="random">Draws the weights.</param>
/// <param name="device">Where networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
/// <returns>The objective, its networks at their first weights.</returns>
/// <exception cref="UserMistakeException">The actions are not one discrete choice.</exception>
public delegate IOfflineObjective CreateObjective(OfflineConfig config, TransitionDataset dataset, ref Randomness random, Device? device);
