/** Where the events of a camera are told. */
export function eventTopics(prefix: string, cameraId: string): { event: string; picture: string } {
  return { event: `${prefix}/${cameraId}/event`, picture: `${prefix}/${cameraId}/picture` };
}

/**
 * What makes a camera's events and picture appear in Home Assistant by themselves
 * (home-assistant.io/integrations/mqtt/#mqtt-discovery: event.mqtt and image.mqtt).
 */
export function discoveryMessages(
  prefix: string,
  cameraId: string,
): { readonly topic: string; readonly payload: Readonly<Record<string, unknown>> }[] {
  const id = `${prefix}_${cameraId.replace('/', '_')}`;
  const topics = eventTopics(prefix, cameraId);
  const device = { identifiers: [id], name: `Framegate ${cameraId}`, manufacturer: 'Framegate' };
  return [
    {
      topic: `homeassistant/event/${id}/config`,
      payload: {
        unique_id: `${id}_event`,
        name: 'Event',
        state_topic: topics.event,
        event_types: ['appearance', 'silence', 'cut-off', 'test'],
        device,
      },
    },
    {
      topic: `homeassistant/image/${id}/config`,
      payload: {
        unique_id: `${id}_picture`,
        name: 'Picture',
        image_topic: topics.picture,
        content_type: 'image/jpeg',
        device,
      },
    },
  ];
}
