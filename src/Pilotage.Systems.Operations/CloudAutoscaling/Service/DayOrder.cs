namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>In which order rows take days.</summary>
internal enum DayOrder
{
    /// <summary>In time order, dealt to the rows in turn, again from the first after the last: as an operator lives them.</summary>
    InTime,

    /// <summary>Each row draws its next day at random.</summary>
    Drawn,
}
