package resource

// The columns of the machine's network: what goes over the interfaces that carry the machine's own traffic, each packet counted
// once; loopback apart. All are rates since the previous row.
const (
	// NetworkReceive is what came in, in MB per second.
	NetworkReceive = "Network_Receive_MB_Per_Second"
	// NetworkTransmit is what went out, in MB per second.
	NetworkTransmit = "Network_Transmit_MB_Per_Second"
	// NetworkReceivePackets is how many packets came in per second.
	NetworkReceivePackets = "Network_Receive_Packets_Per_Second"
	// NetworkTransmitPackets is how many packets went out per second.
	NetworkTransmitPackets = "Network_Transmit_Packets_Per_Second"
	// NetworkReceiveDrops is how many good packets that came in were thrown away per second: no room, or nobody wanted them.
	NetworkReceiveDrops = "Network_Receive_Drops_Per_Second"
	// NetworkTransmitDrops is how many packets were thrown away per second instead of sent.
	NetworkTransmitDrops = "Network_Transmit_Drops_Per_Second"
	// NetworkReceiveErrors is how many bad packets came in per second.
	NetworkReceiveErrors = "Network_Receive_Errors_Per_Second"
	// NetworkTransmitErrors is how many packets could not be sent per second.
	NetworkTransmitErrors = "Network_Transmit_Errors_Per_Second"
	// NetworkLinkPercent is the use of the busiest direction of the busiest link, of the speed that the link has now.
	NetworkLinkPercent = "Network_Link_Percent"
	// NetworkLoopback is what went over loopback, in MB per second.
	NetworkLoopback = "Network_Loopback_MB_Per_Second"
	// NetworkLoopbackPackets is how many packets went over loopback per second.
	NetworkLoopbackPackets = "Network_Loopback_Packets_Per_Second"
	// NetworkLoopbackDrops is how many packets on loopback were thrown away per second.
	NetworkLoopbackDrops = "Network_Loopback_Drops_Per_Second"
)

// NetworkInterface names a column for one interface, such as eth0. what is the rest of the column that the machine has:
// Receive_MB_Per_Second for Network_Receive_MB_Per_Second.
func NetworkInterface(name, what string) string { return "Network_Interface_" + name + "_" + what }

// InterfaceColumns are what NetworkInterface has for each interface.
func InterfaceColumns() []string {
	return []string{
		"Receive_MB_Per_Second", "Transmit_MB_Per_Second", "Receive_Packets_Per_Second", "Transmit_Packets_Per_Second",
		"Receive_Drops_Per_Second", "Transmit_Drops_Per_Second", "Receive_Errors_Per_Second", "Transmit_Errors_Per_Second", "Link_Percent",
	}
}

func networkColumns() []string {
	columns := []string{
		NetworkReceive, NetworkTransmit, NetworkReceivePackets, NetworkTransmitPackets, NetworkReceiveDrops, NetworkTransmitDrops,
		NetworkReceiveErrors, NetworkTransmitErrors, NetworkLinkPercent, NetworkLoopback, NetworkLoopbackPackets, NetworkLoopbackDrops,
	}
	for _, what := range InterfaceColumns() {
		columns = append(columns, NetworkInterface("<interface>", what))
	}
	return columns
}
