import type twilio from 'twilio';
export declare const installed: 'twilio';
export declare const exported: { default: typeof twilio; Twilio: typeof twilio.Twilio };
export declare const clients: {
  Twilio: twilio.Twilio;
  Resource: twilio.Twilio['calls'] & ReturnType<twilio.Twilio['calls']>;
};
