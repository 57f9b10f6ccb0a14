import type { Auth, getAuth } from 'firebase-admin/auth';
import type { getMessaging, Messaging } from 'firebase-admin/messaging';
export declare const installed: 'firebase-admin';
export declare const exported: { getAuth: typeof getAuth; getMessaging: typeof getMessaging };
export declare const clients: { Auth: Auth; Messaging: Messaging };
